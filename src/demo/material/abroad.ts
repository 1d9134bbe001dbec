/** Conversations in other languages, on topics that come from everywhere. */
export interface Tongue {
  greeting: string
  closing: string
  thanks: readonly string[]
  nudge: string
  agentGreeting: string
  agentClosing: string
  /** Whether agents answer in it; else they answer in English. */
  answered: boolean
  threads: readonly { topic: string; subject: string; opening: string; answer: string }[]
}

export const abroad: Readonly<Record<string, Tongue>> = {
  es: {
    greeting: 'Buenos días:', closing: 'Un saludo,\n{me}', thanks: ['Perfecto, ya lo veo. Muchas gracias.', 'Muchas gracias {first}, ha quedado muy claro.'], nudge: '¿Hay alguna novedad? Seguimos esperando.', agentGreeting: 'Hola {first}:', agentClosing: 'Un saludo cordial,\n{me}', answered: true,
    threads: [
      { topic: 'payout-missing', subject: 'No ha llegado el pago de {amount}', opening: 'El panel indica que la transferencia {payout} de {amount} se pagó el {date}, pero en {bank} no aparece nada en la cuenta que termina en {last4}. ¿Pueden decirme dónde está el dinero?', answer: 'La transferencia salió el {date} hacia la cuenta terminada en {last4} y no ha sido devuelta. El identificador de rastreo es {trace}: con él, {bank} puede localizarla en un día hábil. Si el {date2} sigue sin aparecer, respóndame a este correo y abro una reclamación con el banco.' },
      { topic: 'verification-requirements', subject: 'Rechazan mi documento una y otra vez', opening: 'Desde el {date} he subido tres veces la identificación de {person} y siempre aparece como rechazada. La foto se ve bien. ¿Qué está mal?', answer: 'Falta el reverso del documento. Suba por favor ambas caras a la vez en Configuración > Verificación, o la página de la foto del pasaporte. La revisión tarda un día hábil; mientras tanto los pagos continúan.' },
      { topic: 'refund-not-arrived', subject: 'Mi cliente no recibió el reembolso', opening: 'Hicimos un reembolso de {amount} el {date} ({refund}) y el cliente dice que no le ha llegado. Necesito una referencia para su banco.', answer: 'El reembolso se envió el {date} a la tarjeta terminada en {last4}. La referencia para el banco es {arn}. Normalmente aparece entre cinco y diez días hábiles; si el {date2} no está, escríbame y lo investigamos.' },
      { topic: 'fees-explained', subject: 'Comisiones de {month}', opening: 'Las comisiones de {month} suman {amount} y según mis cuentas deberían ser menos. ¿Me pueden explicar la diferencia?', answer: 'La diferencia son las tarjetas extranjeras: el {pct} % de sus ventas de {month}, con un 1,5 % adicional. En Informes > Comisiones lo ve línea por línea.' },
      { topic: 'dispute-open', subject: 'Contracargo de {amount}', opening: 'Recibimos un contracargo ({dispute}) por {amount}. Tenemos la guía de envío firmada. ¿Qué pruebas debemos mandar y hasta cuándo?', answer: 'El plazo termina el {date2} y solo se puede enviar una vez. Suba la guía firmada, la conversación con el cliente y sus condiciones, y avíseme antes de enviarlo: lo reviso con gusto.' },
      { topic: 'card-declined', subject: 'Tarjeta rechazada', opening: 'Una clienta intentó pagar {amount} varias veces y siempre sale rechazada. En otras tiendas le funciona. El último intento es {payment}.', answer: 'El rechazo vino del banco de la clienta, no de nosotros. Pídale por favor que revise si la tarjeta está habilitada para compras en internet o que llame al número del reverso. Conviene esperar a mañana antes de intentarlo otra vez.' },
    ],
  },
  pt: {
    greeting: 'Olá,', closing: 'Obrigado,\n{me}', thanks: ['Deu certo, muito obrigado!', 'Perfeito, obrigada pela ajuda.'], nudge: 'Alguma novidade? O valor ainda não caiu.', agentGreeting: 'Olá, {first},', agentClosing: 'Atenciosamente,\n{me}', answered: true,
    threads: [
      { topic: 'payout-missing', subject: 'Repasse de {amount} não caiu', opening: 'O repasse {payout} está como pago desde {date}, mas no {bank} não entrou nada (conta final {last4}). Já são {days} dias.', answer: 'O repasse saiu no dia {date} e não voltou. Com o código de rastreio {trace} o {bank} consegue localizar o crédito em um dia útil. Se até {date2} não aparecer, me responda por aqui que eu abro a contestação.' },
      { topic: 'payout-schedule-balance', subject: 'Quando o saldo fica disponível?', opening: 'Tenho {amount} em "pendente" e não entendo quando posso sacar. Existe uma data?', answer: 'No seu país o pagamento fica disponível depois do prazo do cartão; os {amount} entram em duas partes, a primeira em {date2}. Você vê isso em Saldo > Próximos repasses.' },
      { topic: 'subscription-canceled', subject: 'Assinatura cancelada sem aviso', opening: 'A assinatura {sub} do nosso maior cliente foi cancelada em {date}. Ninguém daqui fez isso. O que aconteceu?', answer: 'Ela terminou sozinha depois de quatro tentativas de cobrança recusadas, como está nas suas configurações. Uma assinatura cancelada não volta; crie uma nova com início em {date2} para não cobrar duas vezes.' },
    ],
  },
  fr: {
    greeting: 'Bonjour,', closing: 'Bien cordialement,\n{me}', thanks: ['Parfait, merci beaucoup.', 'C\'est réglé, merci pour votre aide.'], nudge: 'Bonjour, avez-vous des nouvelles ?', agentGreeting: 'Bonjour {first},', agentClosing: 'Bien à vous,\n{me}', answered: true,
    threads: [
      { topic: 'refund-not-arrived', subject: 'Remboursement toujours pas reçu', opening: 'Nous avons remboursé {amount} le {date} et le client ne voit rien sur sa carte (fin {last4}). Que pouvons-nous lui dire ?', answer: 'Le remboursement est parti le {date}. La référence pour la banque est {arn}. Comptez cinq à dix jours ouvrés ; si rien n\'apparaît le {date2}, répondez à ce message et je lance une recherche.' },
      { topic: 'sca-3ds', subject: 'Fenêtre 3D Secure blanche', opening: 'Plusieurs clients nous disent que la fenêtre de la banque reste blanche après le code. Exemple : {payment}.', answer: 'La banque a bien ouvert la fenêtre, mais la page était affichée dans une application qui bloque le stockage tiers. Ouvrez le paiement dans le navigateur du téléphone et cela fonctionne.' },
      { topic: 'payout-composition', subject: 'Virement inférieur à nos ventes', opening: 'Nos ventes font {amount2}, le virement {payout} n\'est que de {amount}. D\'où vient l\'écart ?', answer: 'Voici le détail : ventes {amount2}, remboursements -{fee2}, frais -{fee}. Net {amount}. L\'export par ligne se trouve sous Solde > Virements.' },
    ],
  },
  de: {
    greeting: 'Guten Tag,', closing: 'Mit freundlichen Grüßen\n{me}', thanks: ['Vielen Dank, das hat geklappt.', 'Danke für die schnelle Hilfe, alles da.'], nudge: 'Gibt es schon etwas Neues dazu?', agentGreeting: 'Guten Tag {first},', agentClosing: 'Viele Grüße\n{me}', answered: true,
    threads: [
      { topic: 'payment-stuck-processing', subject: 'Lastschrift noch immer in Bearbeitung', opening: 'Die Zahlung {payment} über {amount} steht seit dem {date} auf „wird bearbeitet“. Können wir die Ware schon verschicken?', answer: 'Lastschriften brauchen fünf bis sechs Bankarbeitstage. Für {payment} ist das der {date2}. Vorher kann sie noch platzen, bei {amount} würde ich mit dem Versand warten.' },
      { topic: 'duplicate-charge', subject: 'Kundin wurde doppelt belastet', opening: 'Eine Kundin zeigt uns zwei Abbuchungen über {amount} vom {date}. Wir haben nur eine Bestellung. Bitte um Klärung.', answer: 'Abgebucht wurde nur einmal, {payment}. Das andere ist eine Vormerkung des ersten Versuchs; die Bank löst sie innerhalb von sieben Tagen von selbst auf. Ist sie am {date2} noch da, melden Sie sich bitte.' },
      { topic: 'tax-form', subject: 'USt-IdNr. fehlt auf der Rechnung', opening: 'Auf Ihrer Rechnung {invoice} und allen anderen an {business} fehlt unsere Umsatzsteuer-Identifikationsnummer. Ohne sie können wir die Vorsteuer von {fee} nicht abziehen.', answer: 'Ich habe die Nummer eingetragen. Die Rechnungen dieses Jahres wurden neu erstellt und liegen unter Einstellungen > Dokumente.' },
    ],
  },
  ja: {
    greeting: 'お世話になっております。', closing: 'よろしくお願いいたします。\n{me}', thanks: ['ありがとうございました。解決しました。', '確認できました。助かりました。'], nudge: 'その後いかがでしょうか。', agentGreeting: 'Dear {first},', agentClosing: 'Kind regards\n{me}', answered: false,
    threads: [
      { topic: 'payout-missing', subject: '入金が確認できません（{payout}）', opening: '{date}付で支払済みとなっている{amount}の入金が、{bank}の口座（末尾{last4}）でまだ確認できません。状況を教えていただけますでしょうか。', answer: 'The payout of {amount} left us on {date} and was not returned. With the trace id {trace} your bank can find it within one working day. If it is not there on {date2}, please answer this mail and I open a trace with the bank.' },
      { topic: 'webhook-failing', subject: 'Webhookが届きません', opening: '{date}から{endpoint}にイベントが届いていません。サーバーは正常に動いています。届かなかったイベントを再送する方法はありますか。', answer: 'The last {n} deliveries ended with a TLS error: the certificate of the host expired. Once it is renewed, choose Developers > Webhooks > Resend failed; all missed events are kept.' },
    ],
  },
  hi: {
    greeting: 'नमस्ते,', closing: 'धन्यवाद,\n{me}', thanks: ['बहुत धन्यवाद, अब ठीक है।'], nudge: 'क्या इस पर कोई जानकारी मिली?', agentGreeting: 'नमस्ते {first},', agentClosing: 'सादर,\n{me}', answered: true,
    threads: [
      { topic: 'payout-missing', subject: 'भुगतान बैंक में नहीं आया', opening: '{date} को {amount} का भुगतान "भेजा गया" दिख रहा है लेकिन {bank} के खाते (अंत {last4}) में नहीं आया। कृपया बताइए पैसा कहाँ है।', answer: 'यह भुगतान {date} को निकल चुका है और वापस नहीं आया है। ट्रेस नंबर {trace} से बैंक इसे एक कार्य दिवस में ढूँढ सकता है। यदि {date2} तक न मिले तो इसी मेल का उत्तर दें, मैं बैंक से पूछताछ शुरू करूँगी।' },
      { topic: 'verification-requirements', subject: 'दस्तावेज़ बार-बार अस्वीकार', opening: '{date} से पहचान पत्र तीन बार अपलोड किया ({business}), हर बार अस्वीकार हो गया। फोटो साफ है। क्या गलत है?', answer: 'दस्तावेज़ का पिछला हिस्सा नहीं है। कृपया दोनों तरफ एक साथ सेटिंग्स > सत्यापन में अपलोड करें। जाँच में एक कार्य दिवस लगता है।' },
    ],
  },
  ar: {
    greeting: 'السلام عليكم،', closing: 'مع الشكر،\n{me}', thanks: ['شكراً جزيلاً، وصل المبلغ.'], nudge: 'هل من جديد بخصوص هذا الموضوع؟', agentGreeting: 'Dear {first},', agentClosing: 'Kind regards\n{me}', answered: false,
    threads: [
      { topic: 'payouts-paused', subject: 'تم إيقاف التحويلات', opening: 'منذ {date} والتحويلات متوقفة ولا نعرف السبب. الرصيد {amount} ولدينا رواتب يجب دفعها.', answer: 'One document is open: a proof of address of the owner that is younger than three months. Please upload it under Settings > Verification, never by mail. The check takes one working day, then payouts run again.' },
      { topic: 'refund-not-arrived', subject: 'العميل لم يستلم المبلغ المسترد', opening: 'أعدنا مبلغ {amount} للعميل بتاريخ {date} ولم يصله بعد. البطاقة تنتهي بـ {last4}. نحتاج رقم المرجع للبنك.', answer: 'The refund was sent on {date} to the card ending {last4}. The reference for the bank is {arn}. Banks book it within five to ten working days; please come back to me if it is not there on {date2}.' },
    ],
  },
}
