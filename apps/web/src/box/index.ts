export { BoxPage } from './box-page.tsx';
export { ReceiptPage } from './receipt-page.tsx';
